"""Serves verify-actions alone, of all our deployments: run by a test, beside a server that other tests use."""

from flows.verify_actions import verify_actions

if __name__ == "__main__":
    verify_actions.serve(name="verify-actions", pause_on_shutdown=False, parameters={})
