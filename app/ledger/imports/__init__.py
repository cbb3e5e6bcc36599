"""Reading workbooks and CSV files of other programs, and making the empty workbook for them."""
