"""The portfolio: what is tracked, who owns it, and what was reported."""

from fkj_portfolio.marks import RedactionReason
from projects.models.address_name import AddressName
from projects.models.bulk import ChangedProject, ProjectsChange, SharedField
from projects.models.contact import Contact
from projects.models.figures import ProjectFigures
from projects.models.lifecycle import Lifecycle
from projects.models.owner import Owner
from projects.models.portfolio_settings import PortfolioSettings
from projects.models.project import (
    Project,
    ProjectFurtherGoal,
    ProjectManager,
)
from projects.models.redaction import Redaction
from projects.models.saved_view import DefaultView, SavedView
from projects.models.search import ProjectWords, TitleWord
from projects.models.signal import Signal
from projects.models.status_report import Change, RiskLevel, Status, StatusReport
from projects.models.vocabularies import Segment, StrategicGoal, Strategy

__all__ = [
    "AddressName",
    "Change",
    "ChangedProject",
    "Contact",
    "DefaultView",
    "Lifecycle",
    "Owner",
    "PortfolioSettings",
    "Project",
    "ProjectFigures",
    "ProjectFurtherGoal",
    "ProjectManager",
    "ProjectWords",
    "ProjectsChange",
    "Redaction",
    "RedactionReason",
    "RiskLevel",
    "SavedView",
    "Segment",
    "SharedField",
    "Signal",
    "Status",
    "StatusReport",
    "StrategicGoal",
    "Strategy",
    "TitleWord",
]
