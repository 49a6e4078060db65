import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The size advice: one kind sentence, and under it the reason, doubt included.
Column {
    id: words

    required property ViewModels.Advice advice

    signal asked

    spacing: Theme.unit * 8
    visible: advice.present

    Title {
        maxWidth: parent.width
        text: SizeTexts.title(words.advice)
        color: Theme.accent
        font.italic: Theme.italics
        size: Theme.unit * 46
    }
    Caption {
        width: parent.width
        text: SizeTexts.reason(words.advice)
    }
    TextLink {
        objectName: "ask-fit"
        anchors.left: parent.left
        visible: words.advice.ask !== "none" && words.advice.ask !== ""
        maxWidth: parent.width
        text: qsTr("May we ask one thing?")
        onTouched: words.asked()
    }
}
