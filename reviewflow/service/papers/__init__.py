"""Documents made from templates: Word, Markdown and calendar entries, written into a folder a case."""
