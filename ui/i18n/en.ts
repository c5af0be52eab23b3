<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>ArrivePage</name>
    <message>
        <source>服务器答复较慢，请稍候</source>
        <translation>The server is slow to answer</translation>
    </message>
    <message>
        <source>正在查找您的预约</source>
        <translation>Looking up your appointments</translation>
    </message>
    <message>
        <source>正在签到，请稍候</source>
        <translation>Checking in; one moment, please</translation>
    </message>
    <message>
        <source>您今天有几个预约，先办哪一个？</source>
        <translation>Which of today&apos;s appointments?</translation>
    </message>
    <message>
        <source>请放上身份证</source>
        <translation>Lay your ID card</translation>
    </message>
    <message>
        <source>请扫预约码</source>
        <translation>Scan the appointment’s code</translation>
    </message>
    <message>
        <source>请输入 8 位预约码</source>
        <translation>Type the 8 digits of the code</translation>
    </message>
    <message>
        <source>请选择签到方式</source>
        <translation>How will you check in?</translation>
    </message>
    <message>
        <source>请不要离开。等不及可按首页放弃，再到：%1</source>
        <translation>Please stay. If you cannot wait, press Home, then go to: %1</translation>
    </message>
    <message>
        <source>刷证只读姓名、号码、出生日期，用于查找预约；%1。放上证件即同意。</source>
        <translation>Only name, number and birth date are read, to find the appointment. %1. Laying the card is consent.</translation>
    </message>
    <message>
        <source>刷证时，本大厅只读取姓名、证件号码和出生日期，用于查找您的预约、叫号核对和老年人优先；%1。您有权查询和要求删除。放上证件即表示同意。</source>
        <translation>From a card only name, ID number and birth date are read, to find your appointment, to check at the counter and for priority by age. %1. You may ask to see or delete them. Laying the card means that you agree.</translation>
    </message>
    <message>
        <source>放在读卡区不要移动，读到后即可取回</source>
        <translation>On the reader; leave it until it has been read</translation>
    </message>
    <message>
        <source>把码放进画面里的框中；摄像头只在这一页打开，不留画面</source>
        <translation>Hold the code in the frame. The camera is open on this page only and keeps nothing</translation>
    </message>
    <message>
        <source>把手机或纸上的码对准扫描口</source>
        <translation>Hold the code on your phone or paper to the scanner</translation>
    </message>
    <message>
        <source>在预约成功的短信或凭证上</source>
        <translation>They are in your message or on your paper</translation>
    </message>
    <message>
        <source>放身份证</source>
        <translation>Lay an ID card</translation>
    </message>
    <message>
        <source>用预约人的身份证</source>
        <translation>Of the person who is booked</translation>
    </message>
    <message>
        <source>本机没有读卡器</source>
        <translation>This machine has no card reader</translation>
    </message>
    <message>
        <source>扫预约码</source>
        <translation>Scan the code</translation>
    </message>
    <message>
        <source>手机或纸上的码</source>
        <translation>On a phone or on paper</translation>
    </message>
    <message>
        <source>输入预约码</source>
        <translation>Type the code</translation>
    </message>
    <message>
        <source>8 位数字</source>
        <translation>8 digits</translation>
    </message>
    <message>
        <source>改为输入预约码</source>
        <translation>Type the code instead</translation>
    </message>
    <message>
        <source>8 位预约码</source>
        <translation>8-digit code</translation>
    </message>
    <message>
        <source>已输入 %1 位</source>
        <translation>%1 typed</translation>
    </message>
    <message>
        <source>签到</source>
        <translation>Check in</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>综合屏</source>
        <translation>Board</translation>
    </message>
</context>
<context>
    <name>CallThisPanel</name>
    <message>
        <source>呼叫指定号票</source>
        <translation>Call one ticket</translation>
    </message>
    <message>
        <source>理由（必填，将记入日志）</source>
        <translation>Reason (required, goes on record)</translation>
    </message>
    <message>
        <source>输入号码查找，回车呼叫</source>
        <translation>Type a number, Enter calls</translation>
    </message>
    <message>
        <source>没有等候的号票</source>
        <translation>No tickets waiting</translation>
    </message>
    <message>
        <source>共 %1 人等候，列出最先的 %2 人</source>
        <translation>%1 waiting; the first %2 are listed</translation>
    </message>
</context>
<context>
    <name>Caller</name>
    <message>
        <source>叫号器 · %1 号窗口</source>
        <translation>Caller · Counter %1</translation>
    </message>
    <message>
        <source>大厅尚未开始办公</source>
        <translation>The hall is not open yet</translation>
    </message>
    <message>
        <source>本终端未绑定窗口，请管理员登记</source>
        <translation>This program has no counter; ask an administrator to register it</translation>
    </message>
</context>
<context>
    <name>ChoosePage</name>
    <message>
        <source>请选择部门</source>
        <translation>Choose a department</translation>
    </message>
    <message>
        <source>请选择业务</source>
        <translation>Choose a service</translation>
    </message>
    <message>
        <source>输入拼音首字母</source>
        <translation>Find a service</translation>
    </message>
    <message>
        <source>例如“社会保险”输入 SHBX，或在九宫格按 7429</source>
        <translation>Type letters of its English name, or pinyin initials</translation>
    </message>
    <message>
        <source>请选择要办的业务</source>
        <translation>What have you come for?</translation>
    </message>
    <message>
        <source>按拼音首字母查找业务</source>
        <translation>Find a service by letters</translation>
    </message>
    <message>
        <source>请输入</source>
        <translation>Type here</translation>
    </message>
    <message>
        <source>这台取号机今天没有可取号的业务，请到：%1</source>
        <translation>This machine has no services today. Please go to: %1</translation>
    </message>
    <message>
        <source>没有找到；请改几个字母，或按返回从部门里选择</source>
        <translation>Nothing found. Change some letters, or go back and choose a department</translation>
    </message>
    <message>
        <source>找到的业务会列在这里</source>
        <translation>Services found are listed here</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>服务器答复较慢，请稍候</source>
        <translation>The server is slow to answer</translation>
    </message>
    <message>
        <source>正在取号</source>
        <translation>Taking your ticket</translation>
    </message>
    <message>
        <source>请确认</source>
        <translation>Please check</translation>
    </message>
    <message>
        <source>请不要离开。等不及可按首页放弃，再到：%1</source>
        <translation>Please stay. If you cannot wait, press Home, then go to: %1</translation>
    </message>
    <message>
        <source>一个号办 %1 项</source>
        <translation>%1 services, one number</translation>
    </message>
    <message>
        <source>一个号办 %1 项：%2</source>
        <translation>%1 services, one number: %2</translation>
    </message>
    <message>
        <source>前面等候人数</source>
        <translation>People ahead</translation>
    </message>
    <message>
        <source>本环节前面等候人数</source>
        <translation>Ahead of you in this step</translation>
    </message>
    <message>
        <source>等候%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>办理窗口</source>
        <translation>Counters</translation>
    </message>
    <message>
        <source>办事人（您替其取号）</source>
        <translation>For (you are helping)</translation>
    </message>
    <message>
        <source>办事人</source>
        <translation>For</translation>
    </message>
    <message>
        <source>尾号 %1</source>
        <translation>number ends %1</translation>
    </message>
    <message>
        <source>暂时不能取号，请到：%1</source>
        <translation>No tickets for the moment. Please go to: %1</translation>
    </message>
    <message>
        <source>确认取号</source>
        <translation>Take my ticket</translation>
    </message>
</context>
<context>
    <name>CounterHead</name>
    <message>
        <source>叫号器</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>未签到</source>
        <translation>Nobody signed in</translation>
    </message>
    <message>
        <source>签退</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>CounterScreen</name>
    <message>
        <source>窗口屏</source>
        <translation>Counter screen</translation>
    </message>
</context>
<context>
    <name>CountsLine</name>
    <message>
        <source>今日呼叫</source>
        <translation>Called</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Served</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>No-show</translation>
    </message>
    <message>
        <source>转出</source>
        <translation>Moved on</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>直办：选择业务</source>
        <translation>Walk-in: choose the service</translation>
    </message>
    <message>
        <source>联办：选择正在办理的号票</source>
        <translation>Join a visit being served</translation>
    </message>
    <message>
        <source>没有可以联办的号票</source>
        <translation>No visit can be joined</translation>
    </message>
    <message>
        <source>复号：选择过号的号票</source>
        <translation>Return: choose the no-show</translation>
    </message>
    <message>
        <source>%1 号未到，作过号处理？</source>
        <translation>%1 did not come: no-show?</translation>
    </message>
    <message>
        <source>对方回来后可以复号</source>
        <translation>They may return later</translation>
    </message>
    <message>
        <source>确认弃号</source>
        <translation>Confirm no-show</translation>
    </message>
    <message>
        <source>%1 号还没有办结</source>
        <translation>%1 is not finished</translation>
    </message>
    <message>
        <source>签退后本窗口停止呼叫</source>
        <translation>This counter will stop calling</translation>
    </message>
    <message>
        <source>请先办结、挂起或转移，再签退</source>
        <translation>End, hold or transfer it, then sign out</translation>
    </message>
    <message>
        <source>确认签退</source>
        <translation>Confirm sign-out</translation>
    </message>
</context>
<context>
    <name>ExitPage</name>
    <message>
        <source>退出密码</source>
        <translation>Exit password</translation>
    </message>
    <message>
        <source>密码不对，已试 %1 次</source>
        <translation>Wrong password, %1 tried</translation>
    </message>
    <message>
        <source>仅供工作人员使用</source>
        <translation>For staff only</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Exit</translation>
    </message>
</context>
<context>
    <name>FaceAskPage</name>
    <message>
        <source>请您决定：用摄像头核对人证吗？</source>
        <translation>May the camera check your face?</translation>
    </message>
    <message>
        <source>用摄像头核对人证吗？</source>
        <translation>May the camera check you?</translation>
    </message>
    <message>
        <source>谁来看</source>
        <translation>Who looks</translation>
    </message>
    <message>
        <source>这台取号机的摄像头，与您身份证里的照片比一比</source>
        <translation>This kiosk&apos;s camera compares you with your card&apos;s photo</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>这项业务须本人实名办理，防止他人冒用您的证件</source>
        <translation>This service is for the card&apos;s holder in person</translation>
    </message>
    <message>
        <source>留下什么</source>
        <translation>What is kept</translation>
    </message>
    <message>
        <source>只在本机比对，画面和照片随即删除，不存不传；号票只记比对结果</source>
        <translation>Only the result is kept; pictures are deleted at once</translation>
    </message>
    <message>
        <source>不同意呢</source>
        <translation>If you decline</translation>
    </message>
    <message>
        <source>不同意也能取号，叫到时由窗口人员核对</source>
        <translation>If not, you still get a ticket; staff check at the counter</translation>
    </message>
    <message>
        <source>同意，开始核对</source>
        <translation>I agree, start</translation>
    </message>
    <message>
        <source>不用，由窗口人员核对</source>
        <translation>No, at the counter</translation>
    </message>
</context>
<context>
    <name>FaceLine</name>
    <message>
        <source>由窗口核对，请带身份证</source>
        <translation>Checked at the counter; bring your card</translation>
    </message>
</context>
<context>
    <name>FaceLookPage</name>
    <message>
        <source>请看摄像头</source>
        <translation>Please look at the camera</translation>
    </message>
    <message>
        <source>最多还看 %1 秒，看不清就由窗口人员核对</source>
        <translation>%1 s left; if unclear, our staff check at the counter</translation>
    </message>
    <message>
        <source>还剩 %1 秒</source>
        <translation>%1 s left</translation>
    </message>
    <message>
        <source>请正视镜头，保持不动</source>
        <translation>Look at the camera and keep still</translation>
    </message>
    <message>
        <source>停止，由窗口人员核对</source>
        <translation>Stop, check at the counter</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>首页 %1</source>
        <translation>Home %1</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>标准字</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>大字版</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>全屏版</source>
        <translation>Raise</translation>
    </message>
    <message>
        <source>低位版</source>
        <translation>Lower</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>需要帮助？</source>
        <translation>Do you need help?</translation>
    </message>
    <message>
        <source>工作人员可以帮您取号、引导和优先办理</source>
        <translation>Our staff can take your ticket, guide you, and give priority</translation>
    </message>
    <message>
        <source>请到：%1</source>
        <translation>Please go to: %1</translation>
    </message>
    <message>
        <source>老年人、残疾人、孕妇和军人可以优先办理，请告诉工作人员。字太小可按“大字版”，够不着可按“低位版”。</source>
        <translation>Elderly people, people with disabilities, pregnant women and soldiers have priority: please tell our staff. Press Larger for larger type, Lower to bring everything within reach.</translation>
    </message>
    <message>
        <source>知道了，继续</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>HelperCardPage</name>
    <message>
        <source>请再放上您自己的身份证</source>
        <translation>Now lay your own ID card</translation>
    </message>
    <message>
        <source>只用来计您今天替人取号的次数，只留加密代号，不留姓名号码。放上即同意。</source>
        <translation>Only to count the tickets you take for others today; no name or number is kept. Laying it is consent.</translation>
    </message>
    <message>
        <source>您在替别人取号。本大厅限制每人每天替人取号的次数，读取您的证件只用于计次，只留加密代号，不留姓名和号码。放上证件即表示同意。</source>
        <translation>You are taking a ticket for somebody else. This hall limits how many one may take a day; your card is read to count them only, and no name or number is kept. Laying the card means that you agree.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>您好，今天办什么事？</source>
        <translation>Hello. What can we do for you?</translation>
    </message>
    <message>
        <source>您好，大厅已停止办公</source>
        <translation>Hello. The hall is closed</translation>
    </message>
    <message>
        <source>正在连接服务器</source>
        <translation>Connecting to the server</translation>
    </message>
    <message>
        <source>请在办公时间再来；有急事请到：%1</source>
        <translation>Please come in office hours. If it is urgent, go to: %1</translation>
    </message>
    <message>
        <source>取号</source>
        <translation>Take a ticket</translation>
    </message>
    <message>
        <source>选择业务，领取排队号</source>
        <translation>Choose a service and get your number</translation>
    </message>
    <message>
        <source>大厅已停止办公</source>
        <translation>The hall is closed</translation>
    </message>
    <message>
        <source>暂时不能取号，请到：%1</source>
        <translation>No tickets for the moment. Please go to: %1</translation>
    </message>
    <message>
        <source>预约签到</source>
        <translation>My appointment</translation>
    </message>
    <message>
        <source>刷证、输码，或直接扫预约码</source>
        <translation>Check in by card, or scan its code</translation>
    </message>
    <message>
        <source>刷身份证，或输预约码</source>
        <translation>Check in by card, or type its code</translation>
    </message>
    <message>
        <source>查询进度</source>
        <translation>Check my ticket</translation>
    </message>
    <message>
        <source>看看前面还有几人</source>
        <translation>See how many are ahead</translation>
    </message>
    <message>
        <source>按号码，或直接扫号票上的码</source>
        <translation>By number, or scan your slip&apos;s code</translation>
    </message>
    <message>
        <source>大厅</source>
        <translation>Hall</translation>
    </message>
    <message>
        <source>正在办公</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>等候人数</source>
        <translation>People waiting</translation>
    </message>
</context>
<context>
    <name>KeyGrid</name>
    <message>
        <source>重呼</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>End</translation>
    </message>
    <message>
        <source>办结本步</source>
        <translation>End this step</translation>
    </message>
    <message>
        <source>弃号</source>
        <translation>No-show</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>转移</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>请评价</source>
        <translation>Ask rating</translation>
    </message>
    <message>
        <source>恢复服务</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>直办</source>
        <translation>Walk-in</translation>
    </message>
    <message>
        <source>复号</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>呼叫指定</source>
        <translation>Call one</translation>
    </message>
</context>
<context>
    <name>LayCard</name>
    <message>
        <source>请先拿起身份证，再重新放好</source>
        <translation>Please lift the card and lay it again</translation>
    </message>
</context>
<context>
    <name>LetterPad</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>换成 26 个字母</source>
        <translation>All 26 letters</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>输入查找，回车选定</source>
        <translation>Type to find, Enter chooses</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>取号机</source>
        <translation>Ticket machine</translation>
    </message>
</context>
<context>
    <name>MainKey</name>
    <message>
        <source>呼叫下一位</source>
        <translation>Call next</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>自 %1 起与服务器断开，正在重连；暂时不能取号</source>
        <translation>Cut off from the server since %1, reconnecting. No tickets for the moment</translation>
    </message>
    <message>
        <source>正在连接服务器</source>
        <translation>Connecting to the server</translation>
    </message>
    <message>
        <source>暂时不能打印纸票：号码和二维码会显示在屏幕上，请拍照，可到其他取号机扫码补打</source>
        <translation>No paper: your number and QR will be on the screen. Take a photo; another kiosk prints it by that code</translation>
    </message>
</context>
<context>
    <name>NowCard</name>
    <message>
        <source>已重呼 %1 次</source>
        <translation>Recalled %1×</translation>
    </message>
    <message>
        <source>已呼叫，等待到窗口</source>
        <translation>Called, on the way</translation>
    </message>
    <message>
        <source>正在办理</source>
        <translation>Serving</translation>
    </message>
    <message>
        <source>暂停服务</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>窗口空闲</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>证件尾号 %1</source>
        <translation>ID ends in %1</translation>
    </message>
    <message>
        <source>预计 %1 恢复</source>
        <translation>back at about %1</translation>
    </message>
    <message>
        <source>%1 人在等候</source>
        <translation>%1 waiting</translation>
    </message>
    <message>
        <source>没有人等候；可支援的队列有 %1 人</source>
        <translation>Nobody is waiting here; %1 in queues you help</translation>
    </message>
    <message>
        <source>没有人等候</source>
        <translation>Nobody is waiting</translation>
    </message>
    <message>
        <source>人证已核验</source>
        <translation>Face checked</translation>
    </message>
    <message>
        <source>请当面核对人证</source>
        <translation>Compare face and card</translation>
    </message>
    <message>
        <source>证件已过期</source>
        <translation>Card expired</translation>
    </message>
    <message>
        <source>已请评价，等待评价</source>
        <translation>Rating asked for</translation>
    </message>
    <message>
        <source>上一位：等待评价</source>
        <translation>Last one: rating asked for</translation>
    </message>
    <message>
        <source>已评价</source>
        <translation>Rated</translation>
    </message>
    <message>
        <source>上一位：已评价</source>
        <translation>Last one: rated</translation>
    </message>
    <message>
        <source>不愿评价</source>
        <translation>Declined to rate</translation>
    </message>
    <message>
        <source>上一位：不愿评价</source>
        <translation>Last one: declined to rate</translation>
    </message>
    <message>
        <source>办结后暂停：%1</source>
        <translation>Pauses afterwards: %1</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Pad</name>
    <message>
        <source>评价器</source>
        <translation>Rating pad</translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>PanelHead</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PausePanel</name>
    <message>
        <source>暂停服务：原因</source>
        <translation>Pause: why</translation>
    </message>
    <message>
        <source>预计多久</source>
        <translation>For about how long</translation>
    </message>
    <message>
        <source>不确定</source>
        <translation>Not sure</translation>
    </message>
    <message>
        <source>5 分钟</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>10 分钟</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>15 分钟</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>30 分钟</source>
        <translation>30 min</translation>
    </message>
    <message>
        <source>60 分钟</source>
        <translation>60 min</translation>
    </message>
    <message>
        <source>暂停服务</source>
        <translation>Pause now</translation>
    </message>
</context>
<context>
    <name>PrintLine</name>
    <message>
        <source>号票已打印，请取走</source>
        <translation>Printed: please take your slip</translation>
    </message>
    <message>
        <source>正在打印号票…</source>
        <translation>Printing your slip…</translation>
    </message>
    <message>
        <source>没有打印：%1。号码有效，请拍照</source>
        <translation>Not printed: %1. Your number is valid; take a photo</translation>
    </message>
    <message>
        <source>没有打印：%1。号码有效，请拍照，可到其他取号机扫码补打</source>
        <translation>Not printed: %1. Your number is valid. Take a photo; another kiosk prints it by that code</translation>
    </message>
    <message>
        <source>打印机没有回音：纸票出来了吗？</source>
        <translation>The printer did not answer: did your slip come out?</translation>
    </message>
    <message>
        <source>本机不打印纸票。号码有效，请拍照，可到其他取号机扫码补打</source>
        <translation>No paper here. Your number is valid. Take a photo; another kiosk prints it by that code</translation>
    </message>
</context>
<context>
    <name>QueuesList</name>
    <message>
        <source>已挂起 %1</source>
        <translation>On hold: %1</translation>
    </message>
    <message>
        <source>回呼</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>等候 %1 人</source>
        <translation>Waiting: %1</translation>
    </message>
    <message>
        <source>转到本窗口</source>
        <translation>Sent to this counter</translation>
    </message>
    <message>
        <source>最久 %1 分</source>
        <translation>longest %1 min</translation>
    </message>
    <message>
        <source>可支援 %1 人</source>
        <translation>You may help %1</translation>
    </message>
</context>
<context>
    <name>RefusedPage</name>
    <message>
        <source>没有取到新号</source>
        <translation>No new ticket was taken</translation>
    </message>
    <message>
        <source>还没有签到</source>
        <translation>Not checked in</translation>
    </message>
    <message>
        <source>您已经签到过了</source>
        <translation>Already checked in</translation>
    </message>
    <message>
        <source>可以这样做</source>
        <translation>What you can do</translation>
    </message>
    <message>
        <source>查看 %1 的进度</source>
        <translation>Check %1</translation>
    </message>
    <message>
        <source>换一种方式签到</source>
        <translation>Another way to check in</translation>
    </message>
    <message>
        <source>现在取号</source>
        <translation>Take a ticket now</translation>
    </message>
    <message>
        <source>替别人取号</source>
        <translation>For someone else</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>选其他业务</source>
        <translation>Another service</translation>
    </message>
    <message>
        <source>完成（%1）</source>
        <translation>Done (%1)</translation>
    </message>
</context>
<context>
    <name>RoutePanel</name>
    <message>
        <source>%1 号的流程</source>
        <translation>Route of %1</translation>
    </message>
    <message>
        <source>输入查找，回车改流程</source>
        <translation>Type to find, Enter to change the route</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>办完本步骤即结束</source>
        <translation>End after this step</translation>
    </message>
    <message>
        <source>不再去后面的步骤</source>
        <translation>The later steps are left out</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>正在签到 …</source>
        <translation>Signing in …</translation>
    </message>
    <message>
        <source>请选择工作人员签到</source>
        <translation>Choose who signs in</translation>
    </message>
    <message>
        <source>输入姓名或工号，回车签到</source>
        <translation>Name or number, Enter signs in</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>StaleBar</name>
    <message>
        <source>数据截至 %1 · 与服务器断开，正在重连</source>
        <translation>As of %1 · server away, reconnecting</translation>
    </message>
    <message>
        <source>正在连接服务器</source>
        <translation>Connecting to the server</translation>
    </message>
</context>
<context>
    <name>StepLine</name>
    <message>
        <source>第 %1 步</source>
        <translation>Step %1</translation>
    </message>
    <message>
        <source>与 %1 号窗口联办</source>
        <translation>together with counter %1</translation>
    </message>
    <message>
        <source>下一步：%1</source>
        <translation>next: %1</translation>
    </message>
    <message>
        <source>最后一步</source>
        <translation>last step</translation>
    </message>
    <message>
        <source>退出联办</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>改流程</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>联办</source>
        <translation>Join</translation>
    </message>
    <message>
        <source>办结前请选择：</source>
        <translation>Choose before ending:</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>这是最后一步</source>
        <translation>This is the last step</translation>
    </message>
    <message>
        <source>下一步：%1</source>
        <translation>Next step: %1</translation>
    </message>
    <message>
        <source>已办</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>办理中</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>等候中</source>
        <translation>Waiting</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>取号成功</source>
        <translation>Your number</translation>
    </message>
    <message>
        <source>凭本号依次办理 %1 项</source>
        <translation>%1 services in turn</translation>
    </message>
    <message>
        <source>前面等候</source>
        <translation>People ahead</translation>
    </message>
    <message>
        <source>%1 人</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>本环节 %1</source>
        <translation>This step: %1</translation>
    </message>
    <message>
        <source>办理窗口</source>
        <translation>Counters</translation>
    </message>
    <message>
        <source>办理区域</source>
        <translation>Area</translation>
    </message>
    <message>
        <source>手机扫码查进度</source>
        <translation>Scan to follow your ticket</translation>
    </message>
    <message>
        <source>取号机扫码查进度</source>
        <translation>Show this code here to check</translation>
    </message>
    <message>
        <source>拍下此码可补打</source>
        <translation>Take a photo to print it later</translation>
    </message>
    <message>
        <source>本号依次办理：%1</source>
        <translation>In this order: %1</translation>
    </message>
    <message>
        <source>出来了</source>
        <translation>Yes, it did</translation>
    </message>
    <message>
        <source>请取回您的身份证</source>
        <translation>Please take your ID card</translation>
    </message>
    <message>
        <source>再打一次</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>没有，补打</source>
        <translation>No, reprint</translation>
    </message>
    <message>
        <source>完成（%1）</source>
        <translation>Done (%1)</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>今天不办理，请咨询导办台</source>
        <translation>Not today; ask at the help desk</translation>
    </message>
    <message>
        <source>暂无窗口办理，可先取号</source>
        <translation>No counter open yet</translation>
    </message>
    <message>
        <source>人等候</source>
        <translation>waiting</translation>
    </message>
</context>
<context>
    <name>TrackPage</name>
    <message>
        <source>请输入号码</source>
        <translation>Type your number</translation>
    </message>
    <message>
        <source>例如 A001；扫码暂时不能用，请按号码</source>
        <translation>Such as A001; scanning is out of order, please type</translation>
    </message>
    <message>
        <source>第 %1/%2 步</source>
        <translation>step %1 of %2</translation>
    </message>
    <message>
        <source>例如 A001；也可以把号票上的二维码放进画面里的框中</source>
        <translation>Such as A001; or hold your slip&apos;s QR code in the frame</translation>
    </message>
    <message>
        <source>例如 A001；也可以把号票上的二维码对准摄像头</source>
        <translation>Such as A001; or hold your slip&apos;s QR code to the camera</translation>
    </message>
    <message>
        <source>例如 A001；也可以把号票上的二维码对准扫描口</source>
        <translation>Such as A001; or hold your slip&apos;s code to the scanner</translation>
    </message>
    <message>
        <source>例如 A001</source>
        <translation>Such as A001</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>正在等候</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>正在叫您的号</source>
        <translation>You are being called</translation>
    </message>
    <message>
        <source>正在窗口办理</source>
        <translation>At the counter</translation>
    </message>
    <message>
        <source>已挂起，请等窗口再叫</source>
        <translation>On hold: the counter will call you again</translation>
    </message>
    <message>
        <source>已过号</source>
        <translation>Your call was missed</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>人排在前面，请留意屏幕和广播</source>
        <translation>ahead of you. Please watch the screens and listen</translation>
    </message>
    <message>
        <source>人排在前面</source>
        <translation>ahead of you</translation>
    </message>
    <message>
        <source>请到导办台（%1），工作人员会帮您</source>
        <translation>Please ask our staff (%1)</translation>
    </message>
    <message>
        <source>如需再办，请重新取号</source>
        <translation>Please take a new ticket if you need more</translation>
    </message>
    <message>
        <source>号窗口，请尽快前往</source>
        <translation>is your counter. Please go there now</translation>
    </message>
    <message>
        <source>号窗口</source>
        <translation>is your counter</translation>
    </message>
    <message>
        <source>还需等候 %1</source>
        <translation>Still to wait: %1</translation>
    </message>
    <message>
        <source>本环节还需等候 %1</source>
        <translation>Still to wait in this step: %1</translation>
    </message>
    <message>
        <source>本环节 %1</source>
        <translation>This step: %1</translation>
    </message>
    <message>
        <source>出来了</source>
        <translation>Yes, it did</translation>
    </message>
    <message>
        <source>没有，补打</source>
        <translation>No, reprint</translation>
    </message>
    <message>
        <source>补打号票</source>
        <translation>Print my slip again</translation>
    </message>
    <message>
        <source>完成（%1）</source>
        <translation>Done (%1)</translation>
    </message>
</context>
<context>
    <name>TransferPanel</name>
    <message>
        <source>转移 %1 号</source>
        <translation>Transfer %1</translation>
    </message>
    <message>
        <source>到队列</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>到窗口</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>到人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>排最前</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>按取号时间</source>
        <translation>Sorted</translation>
    </message>
    <message>
        <source>排最后</source>
        <translation>End</translation>
    </message>
    <message>
        <source>输入查找，回车转移</source>
        <translation>Type to find, Enter transfers</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
</context>
<context>
    <name>Viewfinder</name>
    <message>
        <source>正在打开摄像头…</source>
        <translation>Opening the camera…</translation>
    </message>
</context>
<context>
    <name>WhoPage</name>
    <message>
        <source>请放上办事人的身份证</source>
        <translation>Lay the ID card of the person you help</translation>
    </message>
    <message>
        <source>请放上身份证</source>
        <translation>Lay your ID card</translation>
    </message>
    <message>
        <source>请扫办事人的证件码</source>
        <translation>Scan the ID code of the person concerned</translation>
    </message>
    <message>
        <source>请扫证件码</source>
        <translation>Scan your ID code</translation>
    </message>
    <message>
        <source>请输入办事人的身份证号码</source>
        <translation>ID number of the person you help</translation>
    </message>
    <message>
        <source>请输入身份证号码</source>
        <translation>Type your ID number</translation>
    </message>
    <message>
        <source>请选择取号方式</source>
        <translation>Whose ticket is it?</translation>
    </message>
    <message>
        <source>只读姓名、号码、出生日期，用于取号核对和老年人优先；%1。放证件或输号码即同意。</source>
        <translation>We read only name, number and birthday, for your ticket and priority. %1. Laying or typing it means you agree.</translation>
    </message>
    <message>
        <source>本大厅只读取姓名、证件号码和出生日期，用于取号、叫号核对和老年人优先；%1。您有权查询和要求删除。放上证件或输入号码即表示同意。</source>
        <translation>Only name, ID number and date of birth are read: for your ticket, the check at the counter and priority by age. %1. You may ask to see or delete them. Laying a card or typing its number means you agree.</translation>
    </message>
    <message>
        <source>放在读卡区不要移动，读到后即可取回</source>
        <translation>On the reader; leave it until it has been read</translation>
    </message>
    <message>
        <source>18 位，末位为 X 的请按 X</source>
        <translation>18 characters; the last may be X</translation>
    </message>
    <message>
        <source>把码放进画面里的框中；摄像头只在这一页打开，不留画面</source>
        <translation>Hold the code in the frame. The camera is open on this page only and keeps nothing</translation>
    </message>
    <message>
        <source>把手机或纸上的码对准扫描口</source>
        <translation>Hold the code on your phone or paper to the scanner</translation>
    </message>
    <message>
        <source>放身份证</source>
        <translation>Lay an ID card</translation>
    </message>
    <message>
        <source>最快，%1 岁以上自动优先</source>
        <translation>Quickest; priority from age %1</translation>
    </message>
    <message>
        <source>最快</source>
        <translation>Quickest</translation>
    </message>
    <message>
        <source>本机没有读卡器</source>
        <translation>This machine has no card reader</translation>
    </message>
    <message>
        <source>输入证件号码</source>
        <translation>Type ID number</translation>
    </message>
    <message>
        <source>没带身份证也可以</source>
        <translation>If you have no card with you</translation>
    </message>
    <message>
        <source>扫证件码</source>
        <translation>Scan ID code</translation>
    </message>
    <message>
        <source>手机或纸上的码</source>
        <translation>On a phone or on paper</translation>
    </message>
    <message>
        <source>不登记，直接取号</source>
        <translation>Without identity</translation>
    </message>
    <message>
        <source>本业务可以不出示证件</source>
        <translation>This service allows it</translation>
    </message>
    <message>
        <source>我替别人取号（登记办事人的证件）</source>
        <translation>For somebody else (their ID)</translation>
    </message>
    <message>
        <source>改为输入证件号码</source>
        <translation>Type the number instead</translation>
    </message>
    <message>
        <source>18 位证件号码</source>
        <translation>18 characters</translation>
    </message>
    <message>
        <source>已输入 %1 位</source>
        <translation>%1 typed</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
</context>
</TS>
