"""What each action is called, and under which heading it is found."""

from dataclasses import dataclass

SIGN_IN, VIEW, DOWNLOAD, CHANGE = "Sign-in", "View", "Download", "Change"
PEOPLE, DELETION, REFUSED, DATA = "People", "Deletion", "Refused", "Data"
GROUPS = (SIGN_IN, VIEW, DOWNLOAD, CHANGE, PEOPLE, DELETION, DATA, REFUSED)


@dataclass(frozen=True)
class Action:
    """An action as entries name it, its heading, and its words on the page."""

    key: str
    group: str
    words: str


ACTIONS = {
    action.key: action
    for action in (
        Action("sign-in", SIGN_IN, "Signed in"),
        Action("sign-in.failed", SIGN_IN, "Sign-in failed"),
        Action("sign-out", SIGN_IN, "Signed out"),
        Action("second-factor.passed", SIGN_IN, "Second factor was right"),
        Action("second-factor.failed", SIGN_IN, "Second factor was wrong"),
        Action("second-factor.added", SIGN_IN, "Set up a second factor"),
        Action("second-factor.removed", SIGN_IN, "Removed a second factor"),
        Action("second-factor.renewed", SIGN_IN, "Made new recovery codes"),
        Action("sign-in.linked", SIGN_IN, "Linked a sign-in service"),
        Action("sign-in.unlinked", SIGN_IN, "Unlinked a sign-in service"),
        Action("password.changed", SIGN_IN, "Changed the password"),
        Action("password.set", SIGN_IN, "Set a password"),
        Action("password.reset", SIGN_IN, "Reset the password"),
        Action("password.reset.asked", SIGN_IN, "Asked to reset a password"),
        Action("account.changed", SIGN_IN, "Changed the account"),
        Action("organization.chosen", SIGN_IN, "Changed to this organization"),
        Action("companies.listed", VIEW, "Viewed the companies"),
        Action("company.viewed", VIEW, "Viewed a company"),
        Action("data.viewed", VIEW, "Viewed a company's data"),
        Action("analysis.viewed", VIEW, "Viewed an analysis"),
        Action("audit.viewed", VIEW, "Viewed the audit log"),
        Action("people.viewed", VIEW, "Viewed the users"),
        Action("link.shown", VIEW, "Viewed a company's Link address"),
        Action("link.opened", VIEW, "Opened the Link"),
        Action("report.downloaded", DOWNLOAD, "Downloaded a report"),
        Action("records.downloaded", DOWNLOAD, "Downloaded records"),
        Action("file.downloaded", DOWNLOAD, "Downloaded a customer's file"),
        Action("audit.exported", DOWNLOAD, "Exported the audit log"),
        Action("certificate.downloaded", DOWNLOAD, "Downloaded a deletion certificate"),
        Action("company.created", CHANGE, "Created a company"),
        Action("company.edited", CHANGE, "Edited a company"),
        Action("company.moved", CHANGE, "Moved a company"),
        Action("company.subsidiary.left", CHANGE, "A subsidiary left"),
        Action("columns.changed", CHANGE, "Changed the columns shown"),
        Action("connection.created", CHANGE, "Started a connection"),
        Action("connection.consented", CHANGE, "Agreed to share data"),
        Action("connection.connected", CHANGE, "Connected"),
        Action("connection.disconnected", CHANGE, "Disconnected"),
        Action("connection.resumed", CHANGE, "Connected again"),
        Action("data.chosen", CHANGE, "Chose whose data counts"),
        Action("link.began", CHANGE, "Began the Link"),
        Action("link.completed", CHANGE, "Completed the Link"),
        Action("connection.changed", CHANGE, "Went on with a connection"),
        Action("file.uploaded", CHANGE, "Uploaded a file"),
        Action("file.confirmed", CHANGE, "Confirmed what was read"),
        Action("settings.reports.changed", CHANGE, "Changed report settings"),
        Action("settings.link.changed", CHANGE, "Changed the Link"),
        Action("settings.changed", CHANGE, "Changed settings"),
        Action("request.made", CHANGE, "Changed something"),
        Action("reports.spendAnalysis.requested", CHANGE, "Asked for new reports"),
        Action("people.changed", PEOPLE, "Changed users"),
        Action("user.invited", PEOPLE, "Invited a user"),
        Action("user.invitation.withdrawn", PEOPLE, "Withdrew an invitation"),
        Action("user.joined", PEOPLE, "Joined"),
        Action("user.changed", PEOPLE, "Changed a user"),
        Action("provisioning.token.made", PEOPLE, "Made a token for a directory"),
        Action("provisioning.token.deleted", PEOPLE, "Deleted a directory's token"),
        Action("organization.permissions", PEOPLE, "Changed permissions"),
        Action("organization.sign-in", PEOPLE, "Changed how people sign in"),
        Action("people.administrator-made", PEOPLE, "Made an administrator"),
        Action("company.deleted", DELETION, "Deleted a company"),
        Action("company.subsidiary.deleted", DELETION, "A subsidiary was deleted"),
        Action("company.data.removed", DELETION, "Removed data that was kept long enough"),
        Action("deletion.finished", DELETION, "Finished a deletion"),
        Action("connection.deleted", DELETION, "Deleted a connection"),
        Action("file.removed", DELETION, "Removed a file"),
        Action("read.requested", DATA, "Asked for data to be read anew"),
        Action("reports.ongoingInsights.generate.successful", DATA, "Made Ongoing Insights"),
        Action("reports.ongoingInsights.generate.unsuccessful", DATA, "Could not make Ongoing Insights"),
        Action("read.completed", DATA, "Read data"),
        Action("read.completed.initial", DATA, "Read data for the first time"),
        Action("read.failed", DATA, "Could not read data"),
        Action("reports.spendAnalysis.generate.successful", DATA, "Made reports"),
        Action("reports.spendAnalysis.generate.unsuccessful", DATA, "Could not make reports"),
        Action("access.refused", REFUSED, "Was refused a page"),
        Action("link.refused", REFUSED, "A Link address was refused"),
    )
}


def action(key: str) -> Action:
    """The action of an entry; one without a name of its own is called by its key."""
    return ACTIONS.get(key) or Action(key, CHANGE, key.replace(".", ", ").replace("-", " ").capitalize())


def keys_of(group: str) -> list[str]:
    """Every action under a heading."""
    return [each.key for each in ACTIONS.values() if each.group == group]
