import QtQuick
import Mirror

// What is altered, for what price, and on which day it is ready.
Column {
    id: note

    required property string language
    required property string what
    required property string price
    required property int weekday
    required property int day
    required property int month

    spacing: Theme.unit * 4

    BodyText {
        objectName: "tailor-note"
        width: parent.width
        text: note.what
    }
    BodyText {
        objectName: "tailor-promise"
        width: parent.width
        color: Theme.accent
        text: note.day > 0 ? TailorTexts.promise(note.language, note.price, note.weekday, note.day, note.month) : ""
    }
    Caption {
        width: parent.width
        visible: note.price !== ""
        text: TailorTexts.paidLater
    }
}
