"""What a paper shows of meetings: who was invited, who came, and whether that was a quorum."""
