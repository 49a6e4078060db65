pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Lies over a garment's picture: a touch shows its next picture. Dots below tell which one is shown.
TouchArea {
    id: steps

    required property int count
    required property int shown

    objectName: "next-picture"
    visible: count > 1
    enabled: visible
    //: Shows the next picture of the garment.
    label: qsTr("Next picture")

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.bottom
        anchors.topMargin: Theme.unit * 6
        spacing: Theme.unit * 14

        Repeater {
            model: steps.count

            Rectangle {
                required property int index

                width: Theme.unit * 10
                height: width
                radius: width / 2
                antialiasing: true
                color: index === steps.shown ? Theme.accent : Theme.faint
            }
        }
    }
}
