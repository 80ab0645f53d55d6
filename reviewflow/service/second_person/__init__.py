"""What needs two people: messages let out, a case destroyed, a legal hold lifted. One asks, a second one confirms.

The second has a code, which is mailed to a post that partnership.yaml names. Both stand in the office's log; where an
office has said that one person is enough, the log says that.
"""
