pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// All languages of the house, each in its own name, while the page behind stands back.
Grid {
    id: row

    required property list<string> languages
    required property string language

    signal spoken(string language)

    readonly property int across: languages.length > 4 ? 2 : 1

    flow: Grid.TopToBottom
    rows: Math.max(1, Math.ceil(languages.length / across))

    Repeater {
        model: row.languages

        TouchArea {
            id: choice

            required property string modelData

            objectName: "speak-" + modelData
            label: name.text
            width: row.width / row.across
            height: Theme.unit * 124
            onTouched: row.spoken(modelData)

            Title {
                id: name

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                maxWidth: parent.width
                text: SharedTexts.languageName(choice.modelData)
                size: Theme.unit * 58
                color: choice.modelData === row.language ? Theme.accent : Theme.foreground
            }
        }
    }
}
