from tests.coverage import rooms, table


def file(executed, missing):
    return {"executed_lines": executed, "missing_lines": missing}


class TestCoverage:
    def test_is_told_of_each_room_that_was_measured_and_of_all(self):
        files = {
            "history/time.py": file([1, 2, 5], [7]),
            "history/words/project.py": file([1, 2, 3, 4, 5, 6], []),
            "accounts/models.py": file([1], [2]),
        }

        assert [line.split() for line in table({"files": files})] == [
            ["accounts", "50.0%", "of", "2"],
            ["history", "90.0%", "of", "10"],
            ["all", "83.3%", "of", "12"],
        ]

    def test_knows_the_rooms(self):
        assert {"fkj_portfolio", "projects", "overview"} < set(rooms())
