import QtQuick
import QtQuick.Layouts

// What is wrong with this machine now, plainly: cut off since when, or no paper.
ColumnLayout {
    id: notices

    required property var view
    readonly property bool cut: !view.connected && (view.known || view.cutSince.length > 0)
    readonly property bool paperless: view.noPaper.length > 0 && view.page !== "ticket"

    // A layout that wishes for no height keeps the one it has: it must leave the page altogether.
    visible: cut || paperless

    spacing: 0

    Notice {
        Layout.fillWidth: true
        visible: notices.cut
        text: (notices.view.cutSince.length > 0
            ? qsTr("自 %1 起与服务器断开，正在重连；暂时不能取号").arg(notices.view.cutSince)
            : qsTr("正在连接服务器")) + (notices.view.cutReason.length > 0 ? "　" + notices.view.cutReason : "")
    }
    Notice {
        Layout.fillWidth: true
        visible: notices.paperless
        text: qsTr("暂时不能打印纸票：号码和二维码会显示在屏幕上，请拍照，可到其他取号机扫码补打")
    }
}
