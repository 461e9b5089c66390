"""Properties of a project, each in a drawer of its own: whatever lists, filters, sorts, groups, draws or words them reads these lists."""

from projects.dimensions.contact import CONTACT
from projects.dimensions.deliveries import DUE, OVERDUE, PROGRESS
from projects.dimensions.funding import FUNDING
from projects.dimensions.goal import GOAL
from projects.dimensions.lifecycle import LIFECYCLE
from projects.dimensions.manager import MANAGER
from projects.dimensions.owner import OWNER
from projects.dimensions.parts import Dimension
from projects.dimensions.reports import REPORT_DUE, REPORTED
from projects.dimensions.risk_level import RISK_LEVEL
from projects.dimensions.segment import SEGMENT
from projects.dimensions.status import PREVIOUS_STATUS, STATUS
from projects.dimensions.title import TITLE

#: In the order of addresses, filters, groupings and sentences.
DIMENSIONS: tuple[Dimension, ...] = (
    OWNER,
    SEGMENT,
    GOAL,
    STATUS,
    PREVIOUS_STATUS,
    RISK_LEVEL,
    LIFECYCLE,
    MANAGER,
    OVERDUE,
    REPORT_DUE,
    DUE,
    TITLE,
    PROGRESS,
    REPORTED,
    CONTACT,
    FUNDING,
)
#: The columns after the title that are shown unless somebody chooses otherwise, in their order …
DEFAULT_COLUMNS = (STATUS, RISK_LEVEL, PROGRESS, DUE, REPORTED, OWNER)
#: … and those that can be chosen besides.
FURTHER_COLUMNS = (GOAL, SEGMENT, LIFECYCLE, CONTACT, OVERDUE, REPORT_DUE, MANAGER, FUNDING)
#: Those that are plain fields of a project, in the order of its form and its page.
PLAIN_FIELDS = tuple(each for each in DIMENSIONS if each.field)
#: The pictures of the distribution that have a bar for each choice.
PICTURES = (OWNER, GOAL, SEGMENT)
#: Every column, the title first.
COLUMNS = (TITLE, *DEFAULT_COLUMNS, *FURTHER_COLUMNS)
