"""How people come in, prove who they are and leave: invitations, sign-in, second factor, provisioning."""
