"""The analysts' door: each section brings its own addresses."""

from cardable.server.portal import (
    columns,
    companies,
    company_connections,
    company_data,
    company_files,
    company_page,
    company_windows,
    home,
)

urlpatterns = [
    *home.urlpatterns,
    *companies.urlpatterns,
    *columns.urlpatterns,
    *company_windows.urlpatterns,
    *company_page.urlpatterns,
    *company_connections.urlpatterns,
    *company_data.urlpatterns,
    *company_files.urlpatterns,
]
