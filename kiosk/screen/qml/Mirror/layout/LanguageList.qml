pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// List of the languages, each in its own name.
Grid {
    id: list

    required property list<string> languages
    required property string language

    signal chosen(string language)

    readonly property int columnCount: languages.length > 4 ? 2 : 1

    flow: Grid.TopToBottom
    rows: Math.max(1, Math.ceil(languages.length / columnCount))

    Repeater {
        model: list.languages

        TouchArea {
            id: choice

            required property string modelData

            objectName: "speak-" + modelData
            label: nameText.text
            width: list.width / list.columnCount
            height: Theme.unit * 124
            onTouched: list.chosen(modelData)

            Title {
                id: nameText

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                maxWidth: parent.width
                text: SharedTexts.languageName(choice.modelData)
                size: Theme.unit * 58
                color: choice.modelData === list.language ? Theme.accent : Theme.foreground
            }
        }
    }
}
