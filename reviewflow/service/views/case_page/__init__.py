"""A case as a manager would print it: its limits first, then every step, where it stands and who has it.

`shapes` says what a page is made of, `naming` what an item is called on it, `items` describes a step or a limit,
`look_again` what is to be looked at again, `page` puts a page together, and `due` lists what is owed over all cases.
"""
