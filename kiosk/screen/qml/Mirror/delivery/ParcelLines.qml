pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// What is promised for an order: a line for each way, with its day, and the fee that the total contains.
Column {
    id: lines

    required property ViewModels.KeyedListModel parcels
    required property string language

    spacing: Theme.unit * 4

    Repeater {
        model: lines.parcels

        BodyText {
            required property string way
            required property string fee
            required property int ahead
            required property int weekday
            required property int day
            required property int month
            required property bool guaranteed

            width: lines.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.accent
            text: SharedTexts.joined([DeliveryTexts.way(way), DeliveryTexts.when(lines.language, ahead, weekday, day, month, guaranteed || way === "bag"), fee])
        }
    }
}
