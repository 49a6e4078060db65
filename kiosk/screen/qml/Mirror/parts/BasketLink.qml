import QtQuick
import Mirror

// Link to the basket with its total, underlined.
TouchArea {
    id: link

    required property string text
    required property string total

    label: text + " " + total
    implicitHeight: Theme.unit * 124

    Title {
        id: labelText

        anchors.left: parent.left
        anchors.baseline: totalText.baseline
        text: link.text
        size: Theme.headingSize
    }
    Chevron {
        anchors.left: labelText.right
        anchors.leftMargin: Theme.unit * 22
        anchors.verticalCenter: labelText.verticalCenter
        anchors.verticalCenterOffset: Theme.unit * 4
    }
    Title {
        id: totalText

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: link.total
        size: Theme.unit * 64
    }
    FadingLine {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.max(1, Theme.unit * 2)
    }
}
