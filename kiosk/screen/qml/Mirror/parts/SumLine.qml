import QtQuick
import Mirror

// The way to the basket: how many, the sum, and under both a line of light.
Touch {
    id: sum

    required property string text
    required property string total

    label: text + " " + total
    implicitHeight: Theme.u * 124

    Title {
        id: words

        anchors.left: parent.left
        anchors.baseline: cost.baseline
        text: sum.text
        size: Theme.heading
    }
    Chevron {
        anchors.left: words.right
        anchors.leftMargin: Theme.u * 22
        anchors.verticalCenter: words.verticalCenter
        anchors.verticalCenterOffset: Theme.u * 4
    }
    Title {
        id: cost

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: sum.total
        size: Theme.u * 64
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.max(1, Theme.u * 2)
        gradient: Gradient {
            orientation: Gradient.Horizontal

            GradientStop {
                position: 0
                color: "transparent"
            }
            GradientStop {
                position: 0.5
                color: Theme.gold
            }
            GradientStop {
                position: 1
                color: "transparent"
            }
        }
    }
}
