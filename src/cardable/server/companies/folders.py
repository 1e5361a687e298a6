"""Where files lie in storage: everything of a company below one prefix, so that it goes as a whole."""

import uuid


def companies_folder(organization_id: uuid.UUID) -> str:
    return f"organizations/{organization_id}/companies"


def company_folder(organization_id: uuid.UUID, company_id: uuid.UUID) -> str:
    """Everything of one company: uploads, snapshots, reports."""
    return f"{companies_folder(organization_id)}/{company_id}"


def upload_key(organization_id: uuid.UUID, company_id: uuid.UUID, upload_id: uuid.UUID) -> str:
    return f"{company_folder(organization_id, company_id)}/uploads/{upload_id}"


def snapshot_folder(organization_id: uuid.UUID, company_id: uuid.UUID, snapshot_id: uuid.UUID) -> str:
    return f"{company_folder(organization_id, company_id)}/snapshots/{snapshot_id}"


def run_folder(organization_id: uuid.UUID, company_id: uuid.UUID, run_id: uuid.UUID) -> str:
    return f"{company_folder(organization_id, company_id)}/runs/{run_id}"
