import QtQuick
import Mirror

// A figure with what turns it: by one, and where `far` is given by so many; its name stands before it.
Item {
    id: row

    required property string name
    required property string label
    required property string value
    property string less: "−"
    property string more: "+"
    property int far: 0

    signal turned(int by)

    implicitHeight: Theme.unit * 150

    BodyText {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.27
        text: row.label
        color: Theme.muted
    }
    // Less is on the left in every language, as on a ruler.
    Item {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: steps.width
        height: steps.height

        Row {
            id: steps

            LayoutMirroring.enabled: false
            LayoutMirroring.childrenInherit: true

            StepperButton {
                objectName: row.name + "-far-less"
                visible: row.far > 0
                text: "−" + row.far
                small: true
                onTouched: row.turned(-row.far)
            }
            StepperButton {
                objectName: row.name + "-less"
                text: row.less
                onTouched: row.turned(-1)
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
                text: row.more
                onTouched: row.turned(1)
            }
            StepperButton {
                objectName: row.name + "-far-more"
                visible: row.far > 0
                text: "+" + row.far
                small: true
                onTouched: row.turned(row.far)
            }
        }
    }
}
