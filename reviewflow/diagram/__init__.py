"""A definition as a flowchart: for print (SVG, PNG), for pages (Mermaid) and for other tools (BPMN)."""
