pragma Singleton
import QtQuick

// Every colour, length, type size and motion of the glass. Lengths are design units: 1080 to the width of the panel.
QtObject {
    // Pixels per design unit; the glass sets it from its size.
    property real u: 1
    // Set before the first page is made: nothing moves at all; things fade instead of moving.
    property bool still: false
    property bool reduced: false
    // The language runs from right to left; and whether its script knows slanted letters.
    property bool fromRight: false
    property bool slanted: true
    // Added to the families' names for a language that wants its own shapes of shared characters.
    property string hand: ""

    // Where the touched garment was on the glass, so that it can grow from there; empty once it has.
    property rect origin: Qt.rect(0, 0, 0, 0)

    // On black glass, behind a mirror that takes half of the light: text keeps at least 7:1 (WCAG 2.2, 1.4.6).
    readonly property color glass: "#000000"
    readonly property color ivory: "#f4eee3"
    readonly property color ash: "#b9b2a6"
    readonly property color smoke: "#9f998e"
    readonly property color gold: "#d8b981"
    readonly property color ink: "#0c0b0a"

    readonly property string serif: "Cheval Serif" + hand
    readonly property string sans: "Cheval Sans" + hand

    readonly property real display: u * 176
    readonly property real title: u * 78
    readonly property real heading: u * 50
    readonly property real lead: u * 38
    readonly property real body: u * 30
    readonly property real small: u * 28

    readonly property real margin: u * 72
    readonly property real gap: u * 24
    readonly property real touch: u * 96
    readonly property real foot: u * 132

    // Fades end beyond 1, which Qt cuts to 1: its software renderer may leave out the very last step.
    readonly property real full: 1.05

    readonly property int quick: still ? 0 : 200
    readonly property int calm: still ? 0 : 320
    readonly property int slow: still ? 0 : 400
    // How far things travel when they come and go; under reduced motion they only fade.
    readonly property real travel: reduced ? 0 : u * 36
}
