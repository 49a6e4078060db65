import QtQuick
import Mirror

// Row that changes a value: its label, and a minus and a plus button around the value. With `largeStep`, two more buttons
// for larger steps.
Item {
    id: row

    required property string name
    required property string label
    required property string value
    property string minusText: "−"
    property string plusText: "+"
    property int largeStep: 0

    signal stepped(int by)

    implicitHeight: Theme.unit * 150

    BodyText {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.27
        text: row.label
        color: Theme.muted
    }
    // Not mirrored: minus is on the left in every language.
    Item {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: buttons.width
        height: buttons.height

        Row {
            id: buttons

            LayoutMirroring.enabled: false
            LayoutMirroring.childrenInherit: true

            StepperButton {
                objectName: row.name + "-far-less"
                visible: row.largeStep > 0
                text: "−" + row.largeStep
                largeStep: true
                onTouched: row.stepped(-row.largeStep)
            }
            StepperButton {
                objectName: row.name + "-less"
                text: row.minusText
                onTouched: row.stepped(-1)
            }
            Title {
                anchors.verticalCenter: parent.verticalCenter
                maxWidth: Theme.unit * 250
                horizontalAlignment: Text.AlignHCenter
                text: row.value
                size: Theme.unit * 64
            }
            StepperButton {
                objectName: row.name + "-more"
                text: row.plusText
                onTouched: row.stepped(1)
            }
            StepperButton {
                objectName: row.name + "-far-more"
                visible: row.largeStep > 0
                text: "+" + row.largeStep
                largeStep: true
                onTouched: row.stepped(row.largeStep)
            }
        }
    }
}
