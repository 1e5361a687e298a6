"""The analysts' door: each section brings its own addresses."""

from cardable.server.portal import (
    analysis,
    analysis_records,
    analysis_supplier,
    columns,
    companies,
    company_connections,
    company_data,
    company_files,
    company_page,
    company_windows,
    home,
    report_downloads,
    settings_navigation,
    settings_users,
    spend_insights,
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
    *spend_insights.urlpatterns,
    *report_downloads.urlpatterns,
    *analysis.urlpatterns,
    *analysis_supplier.urlpatterns,
    *analysis_records.urlpatterns,
    *settings_navigation.urlpatterns,
    *settings_users.urlpatterns,
]
