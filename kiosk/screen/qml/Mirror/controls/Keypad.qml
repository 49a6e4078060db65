pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Digits as a telephone has them, and one key that erases; from left to right in every language.
Grid {
    id: pad

    signal keyTouched(string key)

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    columns: 3
    columnSpacing: Theme.unit * 24

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "erase"]

        TouchArea {
            id: key

            required property string modelData

            objectName: "key-" + modelData
            enabled: pad.enabled && modelData !== ""
            //: Removes the last digit that was typed. Short.
            label: modelData === "erase" ? qsTr("Erase") : modelData
            width: Theme.unit * 180
            height: Theme.unit * 112
            onTouched: pad.keyTouched(modelData)

            Title {
                anchors.centerIn: parent
                text: key.modelData === "erase" ? "‹" : key.modelData
                size: Theme.unit * 64
                color: key.modelData === "erase" ? Theme.muted : Theme.foreground
            }
        }
    }
}
