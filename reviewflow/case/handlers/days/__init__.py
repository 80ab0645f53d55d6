"""Commands that move or stop days: planned dates, extensions, holds, missed limits."""
