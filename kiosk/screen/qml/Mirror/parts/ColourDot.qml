import QtQuick
import Mirror

// A colour of a garment as a drop of cloth; the chosen one stands over a line of gold.
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
        id: drop

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
    // One light from the upper left, as on every cloth of the glass.
    Image {
        source: "image://light/glow"
        anchors.horizontalCenter: drop.horizontalCenter
        anchors.horizontalCenterOffset: -drop.width * 0.12
        y: drop.y + drop.height * 0.04
        width: drop.width * 0.7
        height: drop.height * 0.62
    }
    // A dark cloth would vanish on black glass: a breath of light around it.
    Rectangle {
        anchors.centerIn: drop
        width: drop.width + Theme.unit * (dot.chosen ? 14 : 4)
        height: width
        radius: width / 2
        color: "transparent"
        antialiasing: true
        border.width: Math.max(1, Theme.unit * 1.5)
        border.color: dot.chosen ? Theme.accent : Theme.faint
        opacity: dot.chosen ? 1 : 0.55
    }
}
