import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The one question of a visit: height and weight, or a label that fits. Always to be skipped, forgotten at the end.
PageFrame {
    id: page

    readonly property ViewModels.FitForm fit: scene.fit
    readonly property bool body: fit.way === "body"

    spacing: Theme.u * 26

    Title {
        room: page.inner
        text: page.body ? qsTr("Your height and weight") : qsTr("A size that fits you")
    }
    Say {
        width: page.inner
        color: Theme.ash
        text: page.body ? qsTr("So that we need not guess your size.") : qsTr("Think of a piece you like to wear: where is it from, and what is on its label?")
    }
    Column {
        width: page.inner
        visible: page.body

        DialRow {
            name: "height"
            width: parent.width
            label: qsTr("Height")
            value: page.fit.imperial ? page.fit.height : qsTr("%1 cm").arg(page.fit.height)
            far: page.fit.imperial ? 6 : 10
            onTurned: by => page.mirror.dial("height", by)
        }
        DialRow {
            name: "weight"
            width: parent.width
            label: qsTr("Weight")
            value: page.fit.imperial ? qsTr("%1 lb").arg(page.fit.weight) : qsTr("%1 kg").arg(page.fit.weight)
            far: 10
            onTurned: by => page.mirror.dial("weight", by)
        }
    }
    Column {
        width: page.inner
        visible: !page.body

        DialRow {
            name: "system"
            width: parent.width
            less: "‹"
            more: "›"
            //: The country or house whose sizes are on the label.
            label: qsTr("Label from")
            value: FeelWords.system(page.fit.system, page.scene.house)
            onTurned: by => page.mirror.dial("system", by)
        }
        DialRow {
            name: "size"
            width: parent.width
            label: qsTr("Size")
            value: page.fit.size
            onTurned: by => page.mirror.dial("size", by)
        }
    }
    Flow {
        width: page.inner
        spacing: Theme.u * 56

        Link {
            objectName: "units"
            visible: page.body
            text: page.fit.imperial ? qsTr("in centimetres and kilos") : qsTr("in feet and pounds")
            color: Theme.ash
            size: Theme.small
            onTouched: page.mirror.dial("units", 1)
        }
        Link {
            objectName: "way"
            visible: page.fit.systems.length > 0
            text: page.body ? qsTr("Rather a size that fits me") : qsTr("Rather height and weight")
            color: Theme.ash
            size: Theme.small
            onTouched: page.mirror.dial("way", 1)
        }
    }
    Action {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.u * 640), parent.width)
        text: qsTr("Advise me")
        onTouched: page.mirror.tellFit(true)
    }
    Say {
        objectName: "promise"
        width: page.inner
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.small
        color: Theme.ash
        text: qsTr("Asked once, written down nowhere, forgotten when you leave.")
    }
    Link {
        objectName: "skip"
        anchors.horizontalCenter: parent.horizontalCenter
        //: Leaves a question without an answer.
        text: qsTr("I would rather not say")
        color: Theme.ash
        size: Theme.small
        onTouched: page.mirror.tellFit(false)
    }
}
