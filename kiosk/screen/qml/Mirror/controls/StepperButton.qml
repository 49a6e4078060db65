import QtQuick
import Mirror

// Button of a stepper.
TouchArea {
    id: button

    required property string text
    property bool largeStep: false

    label: text
    implicitWidth: Theme.unit * 104
    implicitHeight: Theme.unit * 120

    Title {
        anchors.centerIn: parent
        text: button.text
        size: button.largeStep ? Theme.unit * 40 : Theme.unit * 72
        color: button.largeStep ? Theme.muted : Theme.accent
    }
}
