import QtQuick
import QtQuick.Layouts
import Hall

// On its way, thanks, or the kind words of a refusal.
Item {
    id: told

    required property var view

    ColumnLayout {
        anchors.centerIn: parent
        width: parent.width - Style.broad * 2
        spacing: Style.wide

        Tick {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Style.base * 7
            Layout.preferredHeight: Style.base * 7
            visible: told.view.page === "thanks" || told.view.page === "declined"
        }
        BothWords {
            objectName: "told"
            Layout.fillWidth: true
            zh: told.view.page === "sending" ? "正在提交 …" : told.view.page === "thanks" ? "感谢您的评价" : "谢谢，祝您愉快"
            en: told.view.page === "sending" ? "Sending …" : told.view.page === "thanks" ? "Thank you for your rating" : "Thank you, have a nice day"
            visible: told.view.page !== "refused"
            size: Style.headline * 1.1
            smaller: 0.5
            ink: told.view.page === "sending" ? Style.text : Style.doneText
            secondInk: Style.muted
            centred: true
        }
        BothWords {
            objectName: "refusal"
            Layout.fillWidth: true
            visible: told.view.page === "refused"
            first: told.view.words.first
            second: told.view.words.second
            size: Style.title
            smaller: 0.6
            secondInk: Style.muted
            centred: true
            lines: 4
        }
    }
}
