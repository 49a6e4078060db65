import QtQuick
import Mirror

// One step of a dial: a plus or a minus, large enough for a finger.
TouchArea {
    id: step

    required property string text
    property bool small: false

    label: text
    implicitWidth: Theme.unit * 104
    implicitHeight: Theme.unit * 120

    Title {
        anchors.centerIn: parent
        text: step.text
        size: step.small ? Theme.unit * 40 : Theme.unit * 72
        color: step.small ? Theme.muted : Theme.accent
    }
}
