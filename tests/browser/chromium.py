"""How the Chromium of the tests is started: what it draws for nobody, and keeps ready in vain, is switched off."""

from collections.abc import Sequence

PLAYWRIGHTS = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
"""What Playwright switches off. Of two such lists Chromium heeds the last alone, so ours has to say it again."""
OURS = (
    "InitialWebUI",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIBackForwardButton",
    "WebUIContentsPreload",
    "WebUIHomeButton",
    "WebUILocationBar",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
    "WebUISplitTabsButton",
    "WebUITabStrip",
    "WebUIToolbar",
)
"""Pages of Chromium's own that it draws around each window, which nobody sees here, and a process for a page to come.

Each new context of a test had two processes beside its own: half of what a short test cost. A name that a Chromium does
not know it passes over.
"""
SWITCHED_OFF = "--disable-features="


def arguments(nobody: str) -> Sequence[str]:
    """With `nobody` as the address that answers for all other machines; this one is asked without it."""
    return ("--no-sandbox", f"--proxy-server={nobody}", f"{SWITCHED_OFF}{','.join((*PLAYWRIGHTS, *OURS))}")
