import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// From everywhere in one touch: back, the plain mirror, the language, help; and the house's name between them.
Item {
    id: foot

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Scene scene: mirror.scene
    property bool languagesOpen: false
    readonly property string other: scene.languages.length === 2 ? scene.languages.find(one => one !== scene.language) ?? "" : ""

    height: Theme.footerHeight

    LanguageList {
        anchors.bottom: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        visible: foot.languagesOpen
        languages: foot.scene.languages
        language: foot.scene.language
        onSpoken: language => {
            foot.languagesOpen = false;
            foot.mirror.chooseLanguage(language);
        }
    }
    Row {
        id: near

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 40

        TextLink {
            objectName: "back"
            //: Goes one page back. Short.
            text: qsTr("Back")
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            visible: foot.scene.canGoBack
            onTouched: foot.mirror.goBack()
        }
        TextLink {
            objectName: "just-mirror"
            //: Clears the glass, so that it is nothing but a mirror. Short.
            text: qsTr("Just a mirror")
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            onTouched: foot.mirror.darkenScreen()
        }
    }
    Title {
        readonly property real free: foot.width / 2 - Math.max(near.width, far.width) - Theme.margin - Theme.unit * 24

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        visible: width / 2 < free
        text: foot.scene.house
        color: Theme.faint
        size: Theme.unit * 34
        font.letterSpacing: Theme.unit * 3
    }
    Row {
        id: far

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 40

        TextLink {
            objectName: "language"
            text: SharedTexts.languageName(foot.other !== "" ? foot.other : foot.scene.language)
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            atEnd: true
            visible: foot.scene.languages.length > 1
            onTouched: foot.other !== "" ? foot.mirror.chooseLanguage(foot.other) : foot.languagesOpen = !foot.languagesOpen
        }
        TextLink {
            objectName: "help"
            //: Opens the page where one can ask for help. Short.
            text: qsTr("Help")
            size: Theme.smallSize
            underlined: false
            atEnd: true
            onTouched: foot.mirror.openPage("ask")
        }
    }
}
