pragma Singleton
import QtQuick

// Every colour, length, type size and duration of the screen. Lengths are design units: the design is 1080 units wide.
QtObject {
    // Pixels per design unit; set by MirrorScreen from the size of the window.
    property real unit: 1
    // No animation at all. Set before the first page is loaded, like reducedMotion.
    property bool noMotion: false
    // Fade instead of move.
    property bool reducedMotion: false
    property bool rightToLeft: false
    // Whether the script of the language has an italic form.
    property bool italics: true
    // Appended to the font family names for Chinese, which shapes characters shared with Japanese in its own way.
    property string fontSuffix: ""

    // Rectangle in the window where the touched picture was; the next page animates its picture from there. Empty: none.
    property rect transitionStart: Qt.rect(0, 0, 0, 0)

    // The mirror absorbs about half of the light, so text has a contrast of at least 7:1 on black (WCAG 2.2, 1.4.6).
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

    // Fades end beyond 1, which Qt clamps to 1: its software renderer may skip the last step.
    readonly property real fullOpacity: 1.05

    readonly property int shortMs: noMotion ? 0 : 200
    readonly property int mediumMs: noMotion ? 0 : 320
    readonly property int longMs: noMotion ? 0 : 400
    // How far items move when they appear.
    readonly property real slideDistance: reducedMotion ? 0 : unit * 36
}
