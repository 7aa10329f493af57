"""Output formats, one per file, each with render(report, lang) -> str."""
