"""A process for modelling tools: BPMN, its pools, and conditions in FEEL. It describes; reviewflow runs the YAML."""
