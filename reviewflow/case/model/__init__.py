"""What a case is made of.

Its state, the events that lead to it, the commands that are asked of it, and their stored form.

Not here: any rule. Everything else in `case` imports this.
"""
