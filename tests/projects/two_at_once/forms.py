"""Forms that two send at once, and the answers."""


def statuses(answers) -> list[int]:
    return sorted(answer.status_code for answer in answers)
