"""Sign-in, sign-out, invitations, and reset of a password."""

from allauth.account import views
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path, re_path

from cardable.server.organizations.switch import switch
from cardable.server.people.entrances import at_entrance
from cardable.server.people.joining import join
from cardable.server.people.session_state import session_state
from cardable.server.people.sign_in import SignInView
from cardable.server.people.stages import ask_for_code

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("code/", at_entrance(ask_for_code), name="account_second_factor"),
    path("logout/", views.logout, name="account_logout"),
    path("session/", session_state, name="account_session"),
    path("join/<uuid:id>/<slug:token>/", at_entrance(join), name="account_join"),
    path("password/reset/", at_entrance(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", at_entrance(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        at_entrance(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        at_entrance(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("openid/<slug:provider_id>/", at_entrance(openid.login), name="openid_connect_login"),
    path("openid/<slug:provider_id>/back/", at_entrance(openid.callback), name="openid_connect_callback"),
    path("organization/", switch, name="organization-switch"),
    path("signup/", at_entrance(views.signup), name="account_signup"),
]
