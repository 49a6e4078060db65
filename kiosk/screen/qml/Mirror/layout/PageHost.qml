import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Shows the page of the scene and cross-fades from the page before it. Two loaders: a page is loaded when it is shown.
Item {
    id: host

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Scene scene: mirror.scene
    readonly property string pageName: scene.pairing.present ? "pairing" : scene.dark ? "dark" : scene.page
    property string loadedPage: ""
    property bool frontIsA: true
    readonly property bool footerShown: !["", "rest", "still-there", "away", "dark", "pairing"].includes(pageName)

    readonly property var files: ({
            "dark": "../pages/DarkPage.qml",
            "rest": "../pages/RestPage.qml",
            "wardrobe": "../pages/WardrobePage.qml",
            "garment": "../pages/GarmentPage.qml",
            "look": "../pages/LookPage.qml",
            "prepared": "../pages/PreparedPage.qml",
            "sizes": "../pages/SizesPage.qml",
            "fit": "../pages/FitPage.qml",
            "ask": "../pages/AskPage.qml",
            "request": "../pages/RequestPage.qml",
            "basket": "../pages/BasketPage.qml",
            "delivery": "../pages/DeliveryPage.qml",
            "pay": "../pages/PayPage.qml",
            "receipt": "../pages/ReceiptPage.qml",
            "still-there": "../pages/StillTherePage.qml",
            "away": "../pages/AwayPage.qml",
            "pairing": "../pages/PairingPage.qml"
        })

    onPageNameChanged: switchPage()
    Component.onCompleted: switchPage()

    function switchPage() {
        if (pageName === loadedPage || !(pageName in files))
            return;
        loadedPage = pageName;
        frontIsA = !frontIsA;
        const front = frontIsA ? pageA : pageB;
        const back = frontIsA ? pageB : pageA;
        front.setSource(files[pageName], {
            "mirror": mirror
        });
        front.z = 1;
        back.z = 0;
        footer.languagesOpen = false;
        if (Theme.noMotion) {
            back.source = "";
            return;
        }
        fadeOut.target = back;
        fadeOut.restart();
        fadeIn.stop();
        front.opacity = 0;
        fadeIn.target = front;
        fadeIn.restart();
    }

    Item {
        id: pages

        width: parent.width
        height: parent.height
        opacity: footer.languagesOpen ? 0.08 : 1

        Behavior on opacity {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.shortMs
                easing.type: Easing.OutCubic
            }
        }

        Loader {
            id: pageA

            width: parent.width
            height: parent.height
            enabled: host.frontIsA
        }
        Loader {
            id: pageB

            width: parent.width
            height: parent.height
            enabled: !host.frontIsA
        }
    }
    // While the language list is open, a touch beside it closes it.
    TouchArea {
        anchors.fill: parent
        enabled: footer.languagesOpen
        visible: footer.languagesOpen
        opacity: 1
        onTouched: footer.languagesOpen = false
    }

    PageFadeOut {
        id: fadeOut
    }
    PageFadeIn {
        id: fadeIn
    }
    Footer {
        id: footer

        z: 2

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        mirror: host.mirror
        opacity: host.footerShown ? 1 : 0
        visible: opacity > 0
        enabled: host.footerShown

        Behavior on opacity {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
        }
    }
}
