"""What each action is called, and under which heading it is found."""

from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from cardable.language import noted

SIGN_IN, VIEW, DOWNLOAD, CHANGE = "Sign-in", "View", "Download", "Change"
PEOPLE, DELETION, REFUSED, DATA = "People", "Deletion", "Refused", "Data"
HEADINGS = {
    SIGN_IN: pgettext_lazy("audit log", "Sign-in"),
    VIEW: pgettext_lazy("audit log", "View"),
    DOWNLOAD: pgettext_lazy("audit log", "Download"),
    CHANGE: pgettext_lazy("audit log", "Change"),
    PEOPLE: pgettext_lazy("audit log", "People"),
    DELETION: pgettext_lazy("audit log", "Deletion"),
    DATA: pgettext_lazy("audit log", "Data"),
    REFUSED: pgettext_lazy("audit log", "Refused"),
}
"""What the groups of actions are called, in the order in which they are offered."""
GROUPS = tuple(HEADINGS)


@dataclass(frozen=True)
class Action:
    """An action as entries name it, its heading, and its words on the page."""

    key: str
    group: str
    words: str

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.group])


ACTIONS = {
    action.key: action
    for action in (
        Action("sign-in", SIGN_IN, noted("Signed in")),
        Action("sign-in.failed", SIGN_IN, noted("Sign-in failed")),
        Action("sign-out", SIGN_IN, noted("Signed out")),
        Action("second-factor.passed", SIGN_IN, noted("Second factor was right")),
        Action("second-factor.failed", SIGN_IN, noted("Second factor was wrong")),
        Action("second-factor.added", SIGN_IN, noted("Set up a second factor")),
        Action("second-factor.removed", SIGN_IN, noted("Removed a second factor")),
        Action("second-factor.renewed", SIGN_IN, noted("Made new recovery codes")),
        Action("sign-in.linked", SIGN_IN, noted("Linked a sign-in service")),
        Action("sign-in.unlinked", SIGN_IN, noted("Unlinked a sign-in service")),
        Action("password.changed", SIGN_IN, noted("Changed the password")),
        Action("password.set", SIGN_IN, noted("Set a password")),
        Action("password.reset", SIGN_IN, noted("Reset the password")),
        Action("password.reset.asked", SIGN_IN, noted("Asked to reset a password")),
        Action("account.changed", SIGN_IN, noted("Changed the account")),
        Action("organization.chosen", SIGN_IN, noted("Changed to this organization")),
        Action("companies.listed", VIEW, noted("Viewed the companies")),
        Action("company.viewed", VIEW, noted("Viewed a company")),
        Action("data.viewed", VIEW, noted("Viewed a company's data")),
        Action("analysis.viewed", VIEW, noted("Viewed an analysis")),
        Action("audit.viewed", VIEW, noted("Viewed the audit log")),
        Action("people.viewed", VIEW, noted("Viewed the users")),
        Action("link.shown", VIEW, noted("Viewed a company's Link address")),
        Action("link.opened", VIEW, noted("Opened the Link")),
        Action("report.downloaded", DOWNLOAD, noted("Downloaded a report")),
        Action("records.downloaded", DOWNLOAD, noted("Downloaded records")),
        Action("file.downloaded", DOWNLOAD, noted("Downloaded a customer's file")),
        Action("audit.exported", DOWNLOAD, noted("Exported the audit log")),
        Action("certificate.downloaded", DOWNLOAD, noted("Downloaded a deletion certificate")),
        Action("company.created", CHANGE, noted("Created a company")),
        Action("company.edited", CHANGE, noted("Edited a company")),
        Action("company.moved", CHANGE, noted("Moved a company")),
        Action("company.subsidiary.left", CHANGE, noted("A subsidiary left")),
        Action("company.subsidiary.left_out", CHANGE, noted("A subsidiary was left out")),
        Action("columns.changed", CHANGE, noted("Changed the columns shown")),
        Action("connection.created", CHANGE, noted("Started a connection")),
        Action("connection.consented", CHANGE, noted("Agreed to share data")),
        Action("connection.connected", CHANGE, noted("Connected")),
        Action("connection.disconnected", CHANGE, noted("Disconnected")),
        Action("connection.resumed", CHANGE, noted("Connected again")),
        Action("data.chosen", CHANGE, noted("Chose whose data counts")),
        Action("link.began", CHANGE, noted("Began the Link")),
        Action("link.entities", CHANGE, noted("Chose the companies to share")),
        Action("link.completed", CHANGE, noted("Completed the Link")),
        Action("link.skipped", CHANGE, noted("Went on without connecting")),
        Action("connection.changed", CHANGE, noted("Went on with a connection")),
        Action("file.uploaded", CHANGE, noted("Uploaded a file")),
        Action("file.confirmed", CHANGE, noted("Confirmed what was read")),
        Action("settings.reports.changed", CHANGE, noted("Changed report settings")),
        Action("settings.link.changed", CHANGE, noted("Changed the Link")),
        Action("settings.branding.changed", CHANGE, noted("Settings, branding, changed")),
        Action("settings.redirects.changed", CHANGE, noted("Settings, redirects, changed")),
        Action("settings.texts.changed", CHANGE, noted("Settings, texts, changed")),
        Action("settings.email.changed", CHANGE, noted("Settings, email, changed")),
        Action("settings.languages.changed", CHANGE, noted("Settings, languages, changed")),
        Action("settings.changed", CHANGE, noted("Changed settings")),
        Action("request.made", CHANGE, noted("Changed something")),
        Action("reports.spendAnalysis.requested", CHANGE, noted("Asked for new reports")),
        Action("people.changed", PEOPLE, noted("Changed users")),
        Action("user.invited", PEOPLE, noted("Invited a user")),
        Action("user.invitation.withdrawn", PEOPLE, noted("Withdrew an invitation")),
        Action("user.joined", PEOPLE, noted("Joined")),
        Action("user.changed", PEOPLE, noted("Changed a user")),
        Action("provisioning.token.made", PEOPLE, noted("Made a token for a directory")),
        Action("provisioning.token.deleted", PEOPLE, noted("Deleted a directory's token")),
        Action("organization.permissions", PEOPLE, noted("Changed permissions")),
        Action("organization.sign-in", PEOPLE, noted("Changed how people sign in")),
        Action("people.administrator-made", PEOPLE, noted("Made an administrator")),
        Action("company.deleted", DELETION, noted("Deleted a company")),
        Action("company.subsidiary.deleted", DELETION, noted("A subsidiary was deleted")),
        Action("company.data.removed", DELETION, noted("Removed data that was kept long enough")),
        Action("deletion.finished", DELETION, noted("Finished a deletion")),
        Action("connection.deleted", DELETION, noted("Deleted a connection")),
        Action("file.removed", DELETION, noted("Removed a file")),
        Action("read.requested", DATA, noted("Asked for data to be read anew")),
        Action("reports.ongoingInsights.generate.successful", DATA, noted("Made Ongoing Insights")),
        Action(
            "reports.ongoingInsights.generate.unsuccessful", DATA, noted("Could not make Ongoing Insights")
        ),
        Action("read.completed", DATA, noted("Read data")),
        Action("read.completed.initial", DATA, noted("Read data for the first time")),
        Action("read.failed", DATA, noted("Could not read data")),
        Action("reports.spendAnalysis.generate.successful", DATA, noted("Made reports")),
        Action("reports.spendAnalysis.generate.unsuccessful", DATA, noted("Could not make reports")),
        Action("access.refused", REFUSED, noted("Was refused a page")),
        Action("link.refused", REFUSED, noted("A Link address was refused")),
    )
}


def action(key: str) -> Action:
    """The action of an entry; one without a name of its own is called by its key."""
    return ACTIONS.get(key) or Action(key, CHANGE, key.replace(".", ", ").replace("-", " ").capitalize())


def keys_of(group: str) -> list[str]:
    """Every action under a heading."""
    return [each.key for each in ACTIONS.values() if each.group == group]
