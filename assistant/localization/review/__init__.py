"""Segments for linguists, out and back: a bilingual workbook, or XLIFF for their own tools. Nothing here touches the
database: whoever calls checks the edits again and keeps them."""
