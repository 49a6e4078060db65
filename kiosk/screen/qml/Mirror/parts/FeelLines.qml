pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.Glass as Facts

// How does it feel? One quiet line under a piece that hangs here: how, then where; and what was said, to be changed.
Flow {
    id: feel

    required property Facts.MirrorView mirror
    readonly property Facts.FeelFacts card: mirror.scene.garment.feel
    readonly property bool asks: card.felt === ""
    readonly property bool where: !asks && card.spot === "" && card.spots.length > 0

    // The room it may take; it is as wide as its words, so that it stands in the middle like what is around it.
    required property real room
    readonly property real wanted: [...children].filter(one => one.visible && one.width > 0).reduce((sum, one) => sum + one.width + spacing, -spacing)

    width: Math.min(room, wanted + 1)
    spacing: Theme.u * (where ? 28 : 44)
    visible: card.present

    Title {
        height: Theme.touch
        width: Math.min(implicitWidth, feel.room)
        verticalAlignment: Text.AlignVCenter
        text: feel.asks ? qsTr("How does it feel?") : feel.where ? Words.listed([FeelWords.felt(feel.card.felt), qsTr("Where?")]) : Words.listed([feel.card.size, FeelWords.felt(feel.card.felt), FeelWords.spot(feel.card.spot)])
        color: Theme.ash
        font.italic: Theme.slanted
        size: Theme.lead
    }
    Repeater {
        model: feel.asks ? ["just-right", "a-little-tight", "a-little-loose"] : []

        Link {
            required property string modelData

            objectName: "feel-" + modelData
            text: FeelWords.felt(modelData)
            onTouched: feel.mirror.sayFelt(modelData, "")
        }
    }
    Repeater {
        model: feel.where ? feel.card.spots : []

        Link {
            required property string modelData

            objectName: "spot-" + modelData
            text: FeelWords.spot(modelData)
            onTouched: feel.mirror.sayFelt(feel.card.felt, modelData)
        }
    }
    Link {
        objectName: "feel-again"
        visible: !feel.asks && !feel.where
        //: Takes back how a piece was said to feel. Short.
        text: qsTr("Change")
        color: Theme.ash
        size: Theme.small
        onTouched: feel.mirror.sayFelt("", "")
    }
}
