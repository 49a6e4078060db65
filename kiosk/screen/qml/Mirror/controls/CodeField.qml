pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// The digits of a code that were typed so far, in two groups; from left to right in every language.
Row {
    id: field

    required property string typed
    readonly property int digits: 8

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    spacing: Theme.unit * 14
    Accessible.role: Accessible.StaticText
    Accessible.name: typed

    Repeater {
        model: field.digits

        Item {
            id: cell

            required property int index

            width: Theme.unit * (index === field.digits / 2 ? 96 : 64)
            height: Theme.unit * 104

            Title {
                anchors.right: line.right
                anchors.left: line.left
                anchors.bottom: line.top
                horizontalAlignment: Text.AlignHCenter
                text: field.typed.charAt(cell.index)
                size: Theme.unit * 64
            }
            Rectangle {
                id: line

                anchors.right: parent.right
                anchors.bottom: parent.bottom
                width: Theme.unit * 64
                height: Math.max(1, Theme.unit * 3)
                color: cell.index === field.typed.length ? Theme.accent : Theme.faint
            }
        }
    }
}
