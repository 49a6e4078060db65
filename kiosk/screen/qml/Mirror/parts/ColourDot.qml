import QtQuick
import Mirror

// Round colour swatch of a garment; the chosen one is larger, with a ring.
TouchArea {
    id: dot

    required property string code
    required property string name
    required property string hex
    required property bool chosen

    objectName: "colour-" + code
    label: name
    implicitWidth: Theme.unit * 84
    implicitHeight: Theme.unit * 84

    Rectangle {
        id: disc

        anchors.centerIn: parent
        width: Theme.unit * (dot.chosen ? 54 : 48)
        height: width
        radius: width / 2
        antialiasing: true
        color: dot.hex

        Behavior on width {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.shortMs
                easing.type: Easing.OutCubic
            }
        }
    }
    // Highlight at the upper left, as in the garment pictures.
    Image {
        source: "image://light/glow"
        anchors.horizontalCenter: disc.horizontalCenter
        anchors.horizontalCenterOffset: -disc.width * 0.12
        y: disc.y + disc.height * 0.04
        width: disc.width * 0.7
        height: disc.height * 0.62
    }
    // Ring that keeps a dark colour visible on black.
    Rectangle {
        anchors.centerIn: disc
        width: disc.width + Theme.unit * (dot.chosen ? 14 : 4)
        height: width
        radius: width / 2
        color: "transparent"
        antialiasing: true
        border.width: Math.max(1, Theme.unit * 1.5)
        border.color: dot.chosen ? Theme.accent : Theme.faint
        opacity: dot.chosen ? 1 : 0.55
    }
}
