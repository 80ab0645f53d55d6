"""How the processes of flow runs are begun."""
