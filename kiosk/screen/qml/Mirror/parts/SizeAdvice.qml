import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Size advice: the statement, the reason under it, and a link to the fit question if one would help.
Column {
    id: column

    required property ViewModels.Advice advice

    signal fitQuestionOpened

    spacing: Theme.unit * 8
    visible: advice.present

    Title {
        maxWidth: parent.width
        text: SizeTexts.title(column.advice)
        color: Theme.accent
        font.italic: Theme.italics
        size: Theme.unit * 46
    }
    Caption {
        width: parent.width
        text: SizeTexts.reason(column.advice)
    }
    TextLink {
        objectName: "ask-fit"
        anchors.left: parent.left
        visible: column.advice.canAsk
        maxWidth: parent.width
        text: qsTr("May we ask one thing?")
        onTouched: column.fitQuestionOpened()
    }
}
