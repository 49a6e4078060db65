import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The size advice: one kind sentence, and under it the reason, doubt included.
Column {
    id: words

    required property ViewModels.Advice advice

    signal asked

    spacing: Theme.u * 8
    visible: advice.present

    Title {
        room: parent.width
        text: SizeWords.head(words.advice)
        color: Theme.gold
        font.italic: Theme.slanted
        size: Theme.u * 46
    }
    Whisper {
        width: parent.width
        text: SizeWords.why(words.advice)
    }
    Link {
        objectName: "ask-fit"
        anchors.left: parent.left
        visible: words.advice.ask !== "none" && words.advice.ask !== ""
        room: parent.width
        text: qsTr("May we ask one thing?")
        onTouched: words.asked()
    }
}
