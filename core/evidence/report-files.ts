// Where the report lies in a pack.

/** The report, in the payload. */
export const reportPath = 'data/01_Evidence_Report.pdf';
/** The report with a person's signature behind it, beside the payload. */
export const signedReportPath = 'report-signed.pdf';
