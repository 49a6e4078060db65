pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// All languages of the house, each in its own name.
Flow {
    id: row

    required property list<string> languages
    required property string language

    signal spoken(string language)

    spacing: Theme.u * 44
    layoutDirection: Qt.RightToLeft

    Repeater {
        model: row.languages

        Link {
            required property string modelData

            objectName: "speak-" + modelData
            text: Words.languageName(modelData)
            color: modelData === row.language ? Theme.gold : Theme.ivory
            underlined: false
            onTouched: row.spoken(modelData)
        }
    }
}
