import QtQuick
import Mirror

// A colour of a garment as a drop of cloth; the chosen one stands over a line of gold.
Touch {
    id: dot

    required property string code
    required property string name
    required property string hex
    required property bool chosen

    objectName: "colour-" + code
    label: name
    implicitWidth: Theme.u * 84
    implicitHeight: Theme.u * 84

    Rectangle {
        id: drop

        anchors.centerIn: parent
        width: Theme.u * (dot.chosen ? 54 : 48)
        height: width
        radius: width / 2
        antialiasing: true
        color: dot.hex

        gradient: Gradient {
            GradientStop {
                position: 0
                color: Qt.lighter(dot.hex, 1.35)
            }
            GradientStop {
                position: 0.55
                color: dot.hex
            }
            GradientStop {
                position: 1
                color: Qt.darker(dot.hex, 1.3)
            }
        }

        Behavior on width {
            enabled: !Theme.still

            NumberAnimation {
                duration: Theme.quick
                easing.type: Easing.OutCubic
            }
        }
    }
    // A dark cloth would vanish on black glass: a breath of light around it.
    Rectangle {
        anchors.centerIn: drop
        width: drop.width + Theme.u * (dot.chosen ? 14 : 4)
        height: width
        radius: width / 2
        color: "transparent"
        antialiasing: true
        border.width: Math.max(1, Theme.u * 1.5)
        border.color: dot.chosen ? Theme.gold : Theme.smoke
        opacity: dot.chosen ? 1 : 0.55
    }
}
