import QtQuick
import Mirror

// One step of a dial: a plus or a minus, large enough for a finger.
Touch {
    id: step

    required property string text
    property bool small: false

    label: text
    implicitWidth: Theme.u * 104
    implicitHeight: Theme.u * 120

    Title {
        anchors.centerIn: parent
        text: step.text
        size: step.small ? Theme.u * 40 : Theme.u * 72
        color: step.small ? Theme.ash : Theme.gold
    }
}
