import QtQuick
import Mirror

// The way to the basket: how many, the sum, and under both a line of light.
TouchArea {
    id: sum

    required property string text
    required property string total

    label: text + " " + total
    implicitHeight: Theme.unit * 124

    Title {
        id: words

        anchors.left: parent.left
        anchors.baseline: cost.baseline
        text: sum.text
        size: Theme.headingSize
    }
    Chevron {
        anchors.left: words.right
        anchors.leftMargin: Theme.unit * 22
        anchors.verticalCenter: words.verticalCenter
        anchors.verticalCenterOffset: Theme.unit * 4
    }
    Title {
        id: cost

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: sum.total
        size: Theme.unit * 64
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.max(1, Theme.unit * 2)
        gradient: Gradient {
            orientation: Gradient.Horizontal

            GradientStop {
                position: 0
                color: "transparent"
            }
            GradientStop {
                position: 0.5
                color: Theme.accent
            }
            GradientStop {
                position: 1
                color: "transparent"
            }
        }
    }
}
