pragma Singleton
import QtQuick

// Every colour, length, type size and motion of the glass. Lengths are design units: 1080 to the width of the panel.
QtObject {
    // Pixels per design unit; the glass sets it from its size.
    property real unit: 1
    // Set before the first page is made: nothing moves at all; things fade instead of moving.
    property bool noMotion: false
    property bool reducedMotion: false
    // The language runs from right to left; and whether its script knows slanted letters.
    property bool rightToLeft: false
    property bool italics: true
    // Added to the families' names for a language that wants its own shapes of shared characters.
    property string fontSuffix: ""

    // Where the touched garment was on the glass, so that it can grow from there; empty once it has.
    property rect transitionStart: Qt.rect(0, 0, 0, 0)

    // On black glass, behind a mirror that takes half of the light: text keeps at least 7:1 (WCAG 2.2, 1.4.6).
    readonly property color background: "#000000"
    readonly property color foreground: "#f4eee3"
    readonly property color muted: "#b9b2a6"
    readonly property color faint: "#9f998e"
    readonly property color accent: "#d8b981"
    readonly property color dark: "#0c0b0a"

    readonly property string serifFamily: "Cheval Serif" + fontSuffix
    readonly property string sansFamily: "Cheval Sans" + fontSuffix

    readonly property real displaySize: unit * 176
    readonly property real titleSize: unit * 78
    readonly property real headingSize: unit * 50
    readonly property real leadSize: unit * 38
    readonly property real bodySize: unit * 30
    readonly property real smallSize: unit * 28

    readonly property real margin: unit * 72
    readonly property real gap: unit * 24
    readonly property real minTouchSize: unit * 96
    readonly property real footerHeight: unit * 132

    // Fades end beyond 1, which Qt cuts to 1: its software renderer may leave out the very last step.
    readonly property real fullOpacity: 1.05

    readonly property int shortMs: noMotion ? 0 : 200
    readonly property int mediumMs: noMotion ? 0 : 320
    readonly property int longMs: noMotion ? 0 : 400
    // How far things travel when they come and go; under reduced motion they only fade.
    readonly property real slideDistance: reducedMotion ? 0 : unit * 36
}
